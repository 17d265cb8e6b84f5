"""Languages by their English names: counted in a library, and looked for where a question asks for one."""

from __future__ import annotations

_LANGUAGE_TEXT = """
Afrikaans Albanian Amharic Arabic Armenian Basque Bengali Bulgarian Burmese Cantonese Catalan Chinese
Croatian Czech Danish Dutch English Estonian Farsi Finnish French Galician Georgian German Greek Gujarati
Hausa Hebrew Hindi Hungarian Icelandic Igbo Indonesian Irish Italian Japanese Javanese Kannada Kazakh Khmer
Korean Latin Latvian Lithuanian Malay Malayalam Mandarin Marathi Mongolian Nepali Norwegian Pashto Persian
Polish Portuguese Punjabi Romanian Russian Sanskrit Serbian Sinhala Slovak Slovenian Somali Spanish Swahili
Swedish Tagalog Tamil Telugu Thai Tibetan Turkish Ukrainian Urdu Uyghur Uzbek Vietnamese Welsh Yoruba Zulu
"""
LANGUAGES = tuple(_LANGUAGE_TEXT.split())
