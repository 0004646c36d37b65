"""Rules on quality: what test theory advises against, each with its source.

Cited in the pages:

- Haladyna, T. M., Downing, S. M., and Rodriguez, M. C. (2002). A review of multiple-choice
  item-writing guidelines for classroom assessment. Applied Measurement in Education 15(3), 309-334.
  A taxonomy of 31 guidelines, referred to by their numbers.
- Tarrant, M., Knierim, A., Hayes, S. K., and Ware, J. (2006). The frequency of item writing flaws
  in multiple-choice questions used in high stakes nursing assessments. Nurse Education Today 26(8),
  662-671. Of 2,770 questions, 46.2 % had at least one of 19 flaws.
- Tarrant, M., and Ware, J. (2008). Impact of item-writing flaws in multiple-choice questions on
  student achievement in high-stakes nursing assessments. Medical Education 42(2), 198-206. Flaws
  cost the best students more than the borderline ones.
"""
