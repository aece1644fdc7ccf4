"""Charts: records in, SVG out. Pure functions that know neither Django nor the register.

A chart is one ``<svg>`` without any style of its own: its classes are dressed by the desk's style sheet, in light, dark
and print. What can be followed is a link, which keys can reach; what it stands for is said in its ``<title>``.
"""
