"""The literature that the pages of rules cite."""

REFERENCES = {
    "Haladyna, Downing and Rodriguez (2002)": (
        "Haladyna, T. M., Downing, S. M., and Rodriguez, M. C. (2002). A review of "
        "multiple-choice item-writing guidelines for classroom assessment. Applied "
        "Measurement in Education 15(3), 309-334. Numbers are those of its 31 guidelines."
    ),
    "Tarrant et al. (2006)": (
        "Tarrant, M., Knierim, A., Hayes, S. K., and Ware, J. (2006). The frequency of item "
        "writing flaws in multiple-choice questions used in high stakes nursing assessments. "
        "Nurse Education Today 26(8), 662-671. Of 2,770 questions, 46.2 % had one of 19 flaws "
        "or more."
    ),
    "Tarrant and Ware (2008)": (
        "Tarrant, M., and Ware, J. (2008). Impact of item-writing flaws in multiple-choice "
        "questions on student achievement in high-stakes nursing assessments. Medical "
        "Education 42(2), 198-206."
    ),
    "Butler, Godbole and Marsh (2013)": (
        "Butler, A. C., Godbole, N., and Marsh, E. J. (2013). Explanation feedback is better "
        "than correct answer feedback for promoting transfer of learning. Journal of "
        "Educational Psychology 105(2), 290-298."
    ),
}
"""In full, by the words with which a page cites it."""
