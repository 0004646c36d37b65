"""Findings of reading: what a question in Markdown says, and how it was understood."""

from builder.rules import ERROR, INFO, WARNING, told


@told(WARNING)
def no_answer() -> None:
    """A question without options and without an answer.

    One that nothing stands below is on no card; one with more text, but no answer, has an empty
    back.

    Example: a heading `Вопрос 7. Что такое ReLU?`, and right below it the next question.

    Instead: write the answer below it, behind `Ответ:` or `Answer:`.
    """


@told(WARNING)
def no_distractor() -> None:
    """A question with a single option.

    Whoever sees it knows the answer.

    Example: `- [x] 4`, and nothing else, below "What is 2 + 2?".

    Instead: write the wrong options too, or write the answer behind `Answer:`.
    """


@told(INFO)
def boxes_left_out() -> None:
    """A list in which only right options have a box, so that all others were taken as wrong.

    Often that is what is meant. Where the others are remarks, they would be learnt as options.

    Example: `- [x] MaxPooling` above `- Convolution` and `- Dense`.

    Instead: write `- [ ] Convolution`.
    """


@told(INFO)
def only_answers() -> None:
    """A plain list below a question that was taken for its answer.

    Nothing says which of its items are wrong, and they are not as many as the options of other
    questions of the file, so all of them seem to be right.

    Instead: write all options and mark the right ones, to make it a choice.
    """


@told(INFO)
def answer_by_place() -> None:
    """An answer whose letter or number is not the label of an option.

    It was told by its place: 2 is the second option, B the second of options without letters.

    Instead: repeat the label of the option.
    """


@told(ERROR)
def contradicting_marks() -> None:
    """An option that is marked in one way in the list, in another where its reason begins.

    The list was believed.

    Example: `* ✅ ReLU` in the list, `#### ❌ ReLU` in the explanation.

    Instead: the same mark in both places.
    """


@told(INFO)
def similar_section() -> None:
    """A part of the explanation that nearly names an option, and was taken for its reason.

    Instead: repeat the option's text where its reason begins.
    """


@told(WARNING)
def unmatched_section() -> None:
    """A part of the explanation that is marked like an option, but names none.

    It stays in the explanation.

    Instead: repeat the option's text in its heading.
    """


@told(INFO)
def other_way() -> None:
    """A question whose options are written in another way than those of the rest of its file.

    Example: one question with letters and `Answer: B` in a file of check boxes.

    Instead: nothing, if it was read as it is meant.
    """


@told(ERROR)
def front_matter() -> None:
    """Front matter that is no YAML.

    None of it was read: no tags, no title, no question.

    Example: `question: "Which`, without the second quotation mark.

    Instead: put the value in quotes, or mend the line.
    """


@told(WARNING)
def unknown_dialect() -> None:
    """Front matter that names a dialect which does not exist.

    Instead: one of the names that the finding lists.
    """
