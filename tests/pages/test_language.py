import pytest

from communique.pages.language import name_language
from communique.pages.opening import default_lexicon


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("The minister met the general in Kelm and they agreed on patrols.", "en"),
        ("Le ministre a reçu le général à Kelm et ils ont convenu de patrouilles.", "fr"),
        ("El ministro recibió al general en la ciudad y acordaron que las patrullas sigan.", "es"),
        ("Der Minister hat den General in der Stadt empfangen und sie sind sich einig.", "de"),
        ("Міністр зустрівся з генералом у місті", "uk"),
        ("Министр встретился с генералом в городе", "ru"),
        ("استقبل الوزير قائد الجيش في المدينة", "ar"),
        ("大臣は将軍と会談した", "ja"),
        ("Kelm Halden Sorn", None),
        ("12 34", None),
    ],
)
def test_languages(text: str, code: str | None) -> None:
    assert name_language(text, default_lexicon()) == code
