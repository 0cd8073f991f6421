"""Words as they are compared, however they were spelt.

In: words from a person, a keyboard or a recogniser. Out: their letters. Pure.
"""

import unicodedata


def letters(words: str) -> str:
    """Lower case, letters and digits only, without spaces.

    A recogniser writes "can't", "cant" and "can t", and may leave Korean spaces out.
    """
    composed = unicodedata.normalize("NFC", words).lower()
    return "".join(character for character in composed if character.isalnum())
