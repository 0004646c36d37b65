"""Sound questions, in which no rule finds anything, for defects to be put into."""

from dataclasses import dataclass, replace


@dataclass(frozen=True)
class Sound:
    """A question with one right option; `reasons` follow the wrong ones."""

    language: str
    stem: str
    right: tuple[str, ...]
    wrong: tuple[str, ...]
    explanation: str
    reasons: tuple[str, ...]
    instruction: str = ""

    @property
    def options(self):
        """All options with their marks, the right one at a place that the stem decides."""
        at = len(self.stem) % (len(self.wrong) + 1)
        marked = [("❌", text) for text in self.wrong]
        marked[at:at] = [("✅", text) for text in self.right]
        return marked

    def markdown(self, number, options=None, below=""):
        """The question in the dialect of marked options."""
        russian = self.language == "ru"
        lines = [f"## {'Вопрос' if russian else 'Question'} {number}", "", self.stem, ""]
        if self.instruction:
            lines += [self.instruction, ""]
        lines += [f"* {mark} {text}".rstrip() for mark, text in options or self.options]
        if self.explanation:
            lines += ["", f"### {'Объяснение' if russian else 'Explanation'}", "", self.explanation]
        for text, reason in zip(self.wrong, self.reasons, strict=False):
            lines += ["", f"#### ❌ {text}", "", reason]
        return "\n".join(lines) + f"\n{below}\n"

    def but(self, **changes):
        return replace(self, **changes)


def ru(stem, right, wrong, explanation, *reasons):
    return Sound("ru", stem, (right,), tuple(wrong), explanation, reasons)


def en(stem, right, wrong, explanation, *reasons):
    return Sound("en", stem, (right,), tuple(wrong), explanation, reasons)


SOUND = [
    ru(
        "Что делает слой ReLU с числом меньше нуля?",
        "Заменяет нулём",
        ["Оставляет как есть", "Меняет ему знак", "Делит пополам"],
        "Функция равна максимуму из нуля и входа.",
        "Так ведёт себя тождество.",
        "Так ведёт себя модуль.",
        "Так ведёт себя масштаб.",
    ),
    ru(
        "Что хранит ядро свёртки?",
        "Обучаемые коэффициенты окна",
        ["Средние по батчу", "Номера классов", "Маску случайных нулей"],
        "Окно скользит по карте, а коэффициенты у него общие.",
        "Их хранит нормализация.",
        "Их хранит разметка.",
        "Её строит дропаут.",
    ),
    ru(
        "Зачем при обучении применяют дропаут?",
        "Чтобы сеть меньше переобучалась",
        ["Чтобы сэкономить память", "Чтобы ускорить загрузку", "Чтобы выровнять классы"],
        "Сеть не может положиться на отдельный нейрон.",
        "Память он почти не меняет.",
        "К загрузке он отношения не имеет.",
        "Классы выравнивают весами потерь.",
    ),
    ru(
        "Чему равна сумма выходов softmax?",
        "Единице",
        ["Нулю", "Числу классов", "Сумме входов"],
        "Выходы делят на их сумму.",
        "Все выходы положительны.",
        "Деление убирает эту зависимость.",
        "Экспонента её не сохраняет.",
    ),
    ru(
        "Как обновляет веса градиентный спуск?",
        "Сдвигает против градиента",
        ["Сдвигает вдоль градиента", "Выбирает заново", "Обнуляет самые малые"],
        "Шаг уменьшает функцию потерь.",
        "Тогда потери растут.",
        "Это случайный поиск.",
        "Это прореживание.",
    ),
    ru(
        "Что считает матрица ошибок?",
        "Пары из ответа и предсказания",
        ["Градиенты по слоям", "Расстояния до центров", "Время одной эпохи"],
        "Строки отвечают классам, столбцы предсказаниям.",
        "Их считает обратный проход.",
        "Их считает кластеризация.",
        "Его считает профилировщик.",
    ),
    ru(
        "Где в трансформере хранится порядок токенов?",
        "В позиционных кодах",
        ["В матрице внимания", "В слое потерь", "В словаре"],
        "Внимание к порядку равнодушно, поэтому его добавляют ко входу.",
        "Она зависит от содержания.",
        "Он видит лишь выход.",
        "Он хранит сами токены.",
    ),
    ru(
        "Когда точность вводит в заблуждение?",
        "Когда классы несбалансированы",
        ["Когда данных много", "Когда сеть глубока", "Когда шаг мал"],
        "Можно угадывать частый класс.",
        "Объём тут ни при чём.",
        "Глубина тут ни при чём.",
        "Шаг влияет на обучение.",
    ),
    ru(
        "Что передаёт дальше слой максимального пулинга?",
        "Наибольшее число окна",
        ["Среднее число окна", "Случайное число окна", "Сумму чисел окна"],
        "Остальные числа отбрасывают.",
        "Так делает средний пулинг.",
        "Так делает стохастический пулинг.",
        "Так делает свёртка из единиц.",
    ),
    ru(
        "Что измеряет перекрёстная энтропия?",
        "Расхождение двух распределений",
        ["Длину градиента", "Размер словаря", "Число параметров"],
        "Она растёт, если верный класс получил малую вероятность.",
        "Её измеряет норма.",
        "Его считают по корпусу.",
        "Его считают по слоям.",
    ),
    en(
        "What does a ReLU layer do with a number below zero?",
        "It returns zero",
        ["It keeps it as it is", "It turns its sign", "It halves it"],
        "The function is the larger of zero and its input.",
        "The identity does so.",
        "The absolute value does so.",
        "A scale does so.",
    ),
    en(
        "What does the kernel of a convolution hold?",
        "Learned weights of a window",
        ["Means of the batch", "Labels of the classes", "A mask of random zeros"],
        "The window slides, and its weights are shared.",
        "Normalization holds them.",
        "The data set holds them.",
        "Dropout makes it.",
    ),
    en(
        "Why is dropout used while a network learns?",
        "To make it overfit less",
        ["To save memory", "To load data faster", "To balance the classes"],
        "No unit can rely on another one.",
        "It hardly changes memory.",
        "It has nothing to do with loading.",
        "A weighted loss does so.",
    ),
    en(
        "What do the outputs of softmax add up to?",
        "One",
        ["Zero", "The number of classes", "The sum of the inputs"],
        "They are divided by their sum.",
        "They are positive.",
        "The division removes it.",
        "The exponential changes it.",
    ),
    en(
        "How does gradient descent change a weight?",
        "It moves it against the slope",
        ["It moves it up the slope", "It draws it anew", "It sets small ones to zero"],
        "Each step lowers the loss.",
        "Then the loss grows.",
        "That is random search.",
        "That is pruning.",
    ),
    en(
        "What does a confusion matrix count?",
        "Pairs of label and prediction",
        ["Gradients of each layer", "Distances to centres", "Seconds of an epoch"],
        "Rows are labels, columns are predictions.",
        "Backpropagation counts them.",
        "Clustering counts them.",
        "A profiler counts them.",
    ),
    en(
        "Where does a transformer keep the order of tokens?",
        "In its position codes",
        ["In the attention matrix", "In the loss", "In the vocabulary"],
        "Attention does not see order, so it is added to the input.",
        "It depends on content.",
        "It sees the output only.",
        "It holds the tokens themselves.",
    ),
    en(
        "When does accuracy mislead?",
        "When classes are unbalanced",
        ["When there is much data", "When the network is deep", "When steps are small"],
        "The frequent class can be guessed.",
        "Size has no part in it.",
        "Depth has no part in it.",
        "Steps change learning.",
    ),
    en(
        "What does a max pooling layer pass on?",
        "The largest number of a window",
        ["The mean of a window", "A random number of it", "The sum of a window"],
        "The other numbers are dropped.",
        "Average pooling does so.",
        "Stochastic pooling does so.",
        "A convolution of ones does so.",
    ),
    en(
        "What does cross entropy measure?",
        "How two distributions differ",
        ["How long a gradient is", "How many words there are", "How wide a layer is"],
        "It grows if the right class got a small probability.",
        "A norm measures that.",
        "A vocabulary has that.",
        "Its shape tells that.",
    ),
]


def quiz(questions, title="Сети"):
    """A file of questions."""
    return f"# {title}\n\n" + "\n".join(
        each if isinstance(each, str) else each.markdown(number)
        for number, each in enumerate(questions, 1)
    )
