"""The desk: the web app in which analysts see, search, check and correct the register.

Pages are drawn on the server and work without JavaScript. Nothing of Django is imported before it is asked for.
"""
