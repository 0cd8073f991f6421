# `make run` and `make test` are all that a newcomer needs; each sets up what is missing first.
# VOICEJOURNAL_MODELS=DIR keeps the models elsewhere; LANGUAGE=ko speaks Korean.

VOICEJOURNAL := .venv/bin/voicejournal
PYTHON := .venv/bin/python
SCRIPTS := scripts/common-words scripts/launcher scripts/record-demo

.PHONY: weights run test check bench bench-grounding bench-tags adversarial soak audit fuzz launcher setup clean

run:
	@scripts/run

test: setup
	@$(VOICEJOURNAL) models install whisper-en
	@$(VOICEJOURNAL) models install vosk-ko
	$(PYTHON) -m pytest -n logical --dist loadfile --no-loadscope-reorder

# Style, types and the import rule; no sound and no models.
check: setup
	$(PYTHON) -m ruff check . $(SCRIPTS)
	$(PYTHON) -m ruff format --check . $(SCRIPTS)
	$(PYTHON) -m mypy
	$(PYTHON) -m pytest tests/test_architecture.py

# An hour of sound, twenty sudden deaths: some ten minutes.
soak: setup
	$(PYTHON) -m pytest -m slow

# Every command, answer and label in sentences of an entry: is all of it kept? Some minutes.
adversarial: setup
	$(PYTHON) tests/adversarial.py

# The figures of the design's table, measured on this machine.
bench: setup
	@$(PYTHON) -m bench

# Those of grounding: our own voice in a room, who speaks over it, the voices, the offers; half an hour.
bench-grounding: setup
	@$(PYTHON) -m bench stop echo commands voice offers

# What is promised about privacy, claim by claim, as seen on this machine: some minutes.
audit: setup
	@$(PYTHON) -m pip install -q -c constraints.txt -e ".[audit]"
	@$(PYTHON) -m audit

# Bad input, led by what code it reaches: a minute for each reader.
fuzz: setup
	@$(PYTHON) -m pip install -q -c constraints.txt -e ".[fuzz]"
	@$(PYTHON) -m fuzz

# The kind of an entry: ours beside other ways to guess it, with bars and calibration; some minutes.
bench-tags: setup
	@$(PYTHON) -m pip install -q -c constraints.txt -e ".[train]"
	@$(PYTHON) -m bench.tags

# What is guessed by, learned anew from the entries in training/.
weights: setup
	@$(PYTHON) -m pip install -q -c constraints.txt -e ".[train]"
	@$(PYTHON) -m training

# An icon on the desktop that opens a terminal with the journal.
launcher: setup
	@$(PYTHON) scripts/launcher

setup:
	@scripts/setup dev

# What can be made again. The journal and the models stay.
clean:
	rm -rf .venv build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find voicejournal tests scripts -name __pycache__ -type d -exec rm -rf {} +
