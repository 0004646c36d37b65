"""The words that announce what a line says, spelled one by one."""

import pytest

from builder.signals.announcements import Announced, Part, announced

WORDS = {
    Part.ANSWER: """
        answer; answers; ans; correct; solution; solutions; key; answer key; the answer is
        show answer; see the answer; view answers; reveal answer; click to see the answer
        click for answer; correct answer; right option; final answer; expected answer
        sample answer; model answer; suggested answer; correct options
        ответ; ответы; правильный ответ; верный ответ; показать ответ; посмотреть ответ
        узнать ответ; открыть ответ; раскрыть ответы; смотреть ответ; нажми, чтобы увидеть ответ
        итоговый ответ; окончательный ответ; полный ответ; примерный ответ; краткий ответ
        верный вариант; правильно; верно; ключ; ключи
        відповідь; правильна відповідь; адказ; правильны адказ
        die richtige Antwort; richtige Antwort; das answer; Antworten; Lösung; el answer; il answer
        la bonne réponse; bonne réponse; réponses; la respuesta; respuestas; solución; resposta
        gabarito; risposta; risposte corrette; odpowiedź; poprawna odpowiedź; odpověď; odgovor
        răspuns; cevap; doğru cevap; yanıt; jawaban; đáp án; trả lời; antwoord; svar; vastaus
        përgjigja; sahih answer; 答案; 正确答案; 参考答案; 正解; 解答; 答え; 정답; 답; คำตอบ
        الإجابة; الجواب; उत्तर; सही उत्तर; תשובה; απάντηση
        """,
    Part.EXPLANATION: """
        explanation; detailed explanation; full explanation; brief rationale; short analysis
        explained; rationale; rationales; justifications; por qué; 答案解析
        reasoning; reason; why; discussion; justification; feedback; analysis
        объяснение; подробное объяснение; полное решение; краткий комментарий; пояснение; разбор
        обоснование; решение; почему; разъяснение; пояснення; обґрунтування; розбір; Erklärung
        Begründung; explicación; justificación; explication; explicação; justificativa; spiegazione
        wyjaśnienie; vysvětlení; obrazloženje; objašnjenje; explicație; açıklama; penjelasan
        giải thích; uitleg; 解析; 解释; 说明; 理由; 설명; 해설; คำอธิบาย; الشرح; تفسير
        व्याख्या; स्पष्टीकरण; הסבר
        """,
    Part.REMARK: """
        note; n.b.; nb; hint; tip; reference; source; link; see also; read more; more info
        further reading; example; documentation; comment; proof; from wikipedia
        примечание; замечание; подсказка; источник; ссылка; подробнее; литература; примітка
        посилання; підказка; джерело; Hinweis; nota; remarque; Quelle; 参考; 注意; 备注; 例; संदर्भ
        ध्यान दें; ملاحظة
        """,
}
SPELLED = [
    (part, word.strip())
    for part, words in WORDS.items()
    for word in words.replace("\n", ";").split(";")
    if word.strip()
]


@pytest.mark.parametrize(("part", "word"), SPELLED, ids=[word for _, word in SPELLED])
def test_a_word_announces(part, word):
    line = f"{word}: B"
    assert announced(line) == Announced(part, len(line) - 1)
    assert announced(f"**{word[:1].upper()}{word[1:]}:** B") is not None


@pytest.mark.parametrize(
    "text",
    ["What is ReLU?", "Answering takes time", "Рассетовый безсету", "Ratio: 3", "Why not", ""],
)
def test_running_text_announces_nothing(text):
    assert announced(text) is None


@pytest.mark.parametrize(
    "words",
    ["Your answer", "My answer", "The student's answer", "Selected option", "Ваш ответ",
     "Мой ответ", "Твой ответ", "Выбранный ответ", "Ответ студента", "我的答案", "学生答案"],
)  # fmt: skip
def test_what_somebody_answered_is_no_answer(words):
    assert announced(f"**{words}:** B") == Announced(Part.REMARK, len(words) + 6)


@pytest.mark.parametrize(
    "text",
    ["Your answer: A. Correct answer: B", "我的答案:正确答案:B", "Ваш ответ: А. Верный ответ: B"],
)
def test_the_right_answer_may_stand_behind_it(text):
    assert announced(text) == Announced(Part.ANSWER, len(text) - 1)
