"""Code pages of one byte a character: named with evidence, or refused."""

from collections import Counter

import pytest
import russian

from builder.decoding import Undecodable, decode, legacy
from builder.source import Source

NUMBER = 1_000
CODE_PAGES = ("cp1251", "koi8-r", "cp866", "mac_cyrillic", "iso8859-5")

FRENCH = """Quelle couche d'un réseau n'a pas de paramètres ? La couche de sous-échantillonnage
prend la plus grande valeur, elle n'a donc rien à mettre à jour. À l'inverse, la
convolution possède un noyau et un biais, modifiés à chaque étape. Où la dérivée
est-elle nulle ? Répondez brièvement, même si l'énoncé vous paraît évident : l'élève
préfère être guidé."""

GERMAN = """Welche Schicht hat keine lernbaren Größen? Die Bündelung wählt den größten Wert im
Fenster, also gibt es nichts zu ändern. Die Faltung dagegen enthält einen Kern, der
für jeden Schritt verändert wird. Erklären Sie, warum Überanpassung schädlich ist
und wie man sie verhütet. Möglich wäre früheres Aufhören; zusätzliche Bilder nützen
häufig. Prüfen Sie Ihre Lösung."""

SPANISH = """¿Qué capa no tiene parámetros? La de reducción elige el valor máximo, así que no hay
nada que actualizar. La convolución, en cambio, guarda un núcleo que cambiará en
cada época. Señale todas las afirmaciones válidas y explique también por qué la
pequeña muestra engañó a la máquina. ¡Ánimo! La regularización evitará el
sobreajuste según la teoría."""

OTHERS = {
    "cp1250": """Która warstwa sieci nie ma parametrów? Warstwa łącząca wybiera największą wartość,
więc nie ma czego zmieniać. Splot natomiast przechowuje jądro, które się zmienia w każdym kroku.
Wyjaśnij, dlaczego próba była zbyt mała. Źle dobrana długość też szkodzi, a błędy rosną.""",
    "cp1254": """Hangi katmanın öğrenilen değişkeni yoktur? Ortaklama katmanı en büyük değeri seçer,
bu yüzden güncellenecek bir şey yok. Evrişim ise her adımda değişen bir çekirdek taşır. Açıklayınız:
aşırı öğrenme nasıl önlenir? Yanlış şıkları işaretleyiniz.""",
    "cp1253": """Ποιο επίπεδο δεν έχει παραμέτρους; Το επίπεδο συγκέντρωσης επιλέγει τη
μεγαλύτερη τιμή, άρα δεν υπάρχει τίποτα να ενημερωθεί.
Η συνέλιξη όμως έχει πυρήνα που αλλάζει σε κάθε βήμα.""",
    "cp1255": """לאיזו שכבה אין פרמטרים? שכבת האיגום בוחרת את הערך הגדול ביותר ולכן אין מה לעדכן.
לקונבולוציה לעומת זאת יש גרעין שמשתנה בכל צעד. סמנו את כל התשובות הנכונות.""",
    "gbk": """哪一层没有可学习的参数？池化层只选取窗口中的最大值，因此没有什么可以更新的。
卷积层则保存卷积核和偏置，它们在每一步都会改变。请选出所有正确的答案，并说明理由。""",
    "shift_jis": """学習できるパラメータを持たない層はどれですか。
プーリング層は最大値を選ぶだけなので、更新するものがありません。畳み込み層は核を持ちます。""",
    "mac_roman": FRENCH,
    "cp850": FRENCH,
}


def fate(data, encoding):
    """What becomes of bytes: "right", "refused", or "wrong", which must not happen.

    A repair that is not certain counts as refused: its author is told the place.
    """
    source = decode("quiz.md", data)
    if isinstance(source, Undecodable) or not all(repair.certain for repair in source.repairs):
        return "refused"
    return "right" if source.text == data.decode(encoding) else "wrong"


def fates(passages, encoding):
    return Counter(fate(text.encode(encoding, "replace"), encoding) for text in passages)


@pytest.mark.parametrize("encoding", CODE_PAGES)
def test_russian_passages_are_read_and_none_is_made_up(encoding):
    found = fates(russian.passages(NUMBER), encoding)
    assert found["right"] >= 0.99 * NUMBER
    assert found["wrong"] == 0


@pytest.mark.parametrize("encoding", CODE_PAGES)
def test_short_passages_are_not_made_up_either(encoding):
    found = fates(russian.passages(NUMBER, least=60), encoding)
    assert found["right"] >= 0.95 * NUMBER
    assert found["wrong"] == 0


@pytest.mark.parametrize("encoding", ["cp1251", "koi8-u", "mac_cyrillic", "iso8859-5"])
@pytest.mark.parametrize("text", [russian.UKRAINIAN, russian.BELARUSIAN])
def test_ukrainian_and_belarusian_are_read(text, encoding):
    """Letters that a code page lacks are left out, as writers of it would have to do."""
    assert fate(text.encode(encoding, "ignore"), encoding) == "right"


def test_the_code_page_is_named():
    data = russian.PROSE.encode("koi8-r", "replace")
    assert decode("quiz.md", data).encoding == "koi8-r"


def test_twins_are_told_apart_by_where_sentences_begin():
    """The byte of “Ю” in cp1251 is “ё” in mac_cyrillic; all small letters but “я” are the same."""
    text = "Обычно пишут так.\n\nЮнит проверяет часть, интегратор всё целиком"
    assert decode("quiz.md", text.encode("cp1251")).text == text


@pytest.mark.parametrize("encoding", CODE_PAGES)
def test_under_twenty_letters_nothing_is_named(encoding):
    found = decode("quiz.md", "# Quiz\n\nОтвет: слой свёртки".encode(encoding))
    assert isinstance(found, Undecodable)
    assert (found.line, found.offset) == (3, 8)
    assert found.reason == "this is not UTF-8, and it holds too little to tell its encoding"
    assert 'deck.toml: encoding = "cp1251"' in found.hint


def test_a_word_of_cyrillic_in_an_english_file_is_not_guessed():
    data = b"Which layer has no weights? " * 40 + "Слой".encode("cp1251")
    assert isinstance(decode("quiz.md", data), Undecodable)


@pytest.mark.parametrize("text", [FRENCH, GERMAN, SPANISH])
def test_western_text_is_read_as_cp1252(text):
    found = decode("quiz.md", text.encode("cp1252"))
    assert (found.encoding, found.text, found.repairs) == ("cp1252", text, ())


@pytest.mark.parametrize("encoding", OTHERS)
def test_text_in_an_encoding_that_is_not_recognised_is_refused(encoding):
    found = decode("quiz.md", OTHERS[encoding].encode(encoding, "ignore"))
    assert isinstance(found, Undecodable)


def test_a_file_glued_of_two_code_pages_is_refused():
    halves = (russian.PROSE.encode("cp1251", "replace"), russian.PROSE.encode("cp866", "replace"))
    assert legacy.recognise(halves[0]) == "cp1251"
    assert legacy.recognise(halves[0] + halves[1]) is None


def test_frames_of_a_dos_table_do_not_disturb():
    text = "╔══════════╗\n║ Ответы   ║\n╚══════════╝\n" + russian.UKRAINIAN.replace("і", "i")
    data = text.encode("cp866", "ignore")
    assert decode("quiz.md", data) == Source("quiz.md", data.decode("cp866"), "cp866")
