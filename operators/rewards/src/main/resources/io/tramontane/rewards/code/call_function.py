"""Calls one function of a program: reads {"function", "arguments"} as JSON, writes {"result"} as JSON.

What the program itself prints goes to standard error, so that it cannot be taken for the result.
"""

import importlib.machinery
import json
import os
import sys
import types

# What solutions of the usual collections take for granted.
PRELUDE = """
import bisect, collections, copy, functools, heapq, itertools, math, operator, random, re, string, sys
from bisect import *
from collections import *
from functools import *
from heapq import *
from itertools import *
from math import *
from typing import *
"""


def main(program):
    request = json.load(sys.stdin)
    result_file = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    module = types.ModuleType("solution")
    sys.modules["solution"] = module
    exec(PRELUDE, module.__dict__)
    importlib.machinery.SourcelessFileLoader("solution", program).exec_module(module)
    name = request["function"]
    solution = getattr(module, "Solution", None)
    if solution is not None and hasattr(solution, name):
        function = getattr(solution(), name)
    elif hasattr(module, name):
        function = getattr(module, name)
    else:
        sys.exit("there is no function '%s'" % name)
    result = function(*request["arguments"])
    json.dump({"result": result}, result_file, default=list)
    result_file.flush()


main(sys.argv[1])
