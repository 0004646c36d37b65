"""How likely a deviation is by chance alone."""

from __future__ import annotations

from math import erfc, exp, lgamma, log, sqrt


def chi_squared_p(statistic: float, freedom: int) -> float:
    """The probability that chi-squared of so many degrees of freedom is `statistic` or more.

    For whole degrees of freedom the upper incomplete gamma function has a closed form, a finite
    sum: Abramowitz and Stegun, Handbook of Mathematical Functions, 26.4.4 and 26.4.5.
    """
    assert freedom > 0, "a test needs a degree of freedom"
    half = statistic / 2
    if half <= 0:
        return 1.0
    total = erfc(sqrt(half)) if freedom % 2 else 0.0
    first = 0.5 if freedom % 2 else 0.0
    for step in range(freedom // 2):
        power = first + step
        total += exp(power * log(half) - half - lgamma(power + 1))
    return min(1.0, total)
