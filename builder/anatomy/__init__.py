"""The parts of a question, and how a page is taken apart into them.

A page becomes a flat `stream` of blocks; lists of options (`runs`) are found in it; from what
stands above them it is learned how questions of this file begin (`outline`), and the stream is
cut there (`cutting`). Each piece then yields its stem (`head`), its `options`, the answer that is
given elsewhere (`keys`) and the `reasons`; `question` puts them together.
"""
