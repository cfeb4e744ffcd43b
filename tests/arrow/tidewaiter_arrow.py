# SPDX-License-Identifier: Apache-2.0
"""The library's stream of findings from pyarrow, by ctypes: for the tests and the bench."""
import ctypes as c
import glob
import os

import pyarrow as pa


class Error(c.Structure):
    _fields_ = [("code", c.c_int), ("line", c.c_int), ("column", c.c_int),
                ("file", c.c_char * 256), ("message", c.c_char * 512)]


class Options(c.Structure):
    _fields_ = [("size", c.c_size_t), ("assess", c.c_void_p), ("map", c.POINTER(c.c_char_p)),
                ("set", c.POINTER(c.c_char_p)), ("keep", c.POINTER(c.c_char_p)),
                ("value_from", c.c_char_p), ("decimal", c.c_char_p), ("date_format", c.c_char_p),
                ("flat", c.c_bool), ("daily_sum", c.c_bool), ("no_shipments", c.c_bool),
                ("whole_batches", c.c_bool), ("memory", c.c_size_t)]


class Failed(Exception):
    pass


STREAM = 5 * 8  # bytes of struct ArrowArrayStream


class Library:
    def __init__(self, build):
        """The library of a build folder, whatever number its name ends in."""
        found = sorted(path for path in glob.glob(os.path.join(build, "src", "libtidewaiter.so*"))
                       if os.path.isfile(path))
        self.library = c.CDLL(os.path.abspath(found[-1]))
        self.rulebook = c.c_void_p()
        error = Error()
        if self.library.tw_rulebook_default(c.byref(self.rulebook), c.byref(error)):
            raise Failed(error.message.decode())

    def assess(self, reader, **options):
        """A RecordBatchReader of the findings of one of lines."""
        texts = []

        def listed(name):
            given = options.get(name)
            if given is None:
                return None
            texts.append((c.c_char_p * (len(given) + 1))(*[g.encode() for g in given], None))
            return c.cast(texts[-1], c.POINTER(c.c_char_p))

        def text(name):
            given = options.get(name)
            return given.encode() if given is not None else None

        asked = Options(c.sizeof(Options), None, listed("map"), listed("set"), listed("keep"),
                        text("value_from"), text("decimal"), text("date_format"),
                        options.get("flat", False), options.get("daily_sum", False),
                        options.get("no_shipments", False), options.get("whole_batches", False),
                        options.get("memory", 0))
        into, out, error = c.create_string_buffer(STREAM), c.create_string_buffer(STREAM), Error()
        reader._export_to_c(c.addressof(into))
        code = self.library.tw_assess_arrow(out, into, self.rulebook, c.byref(asked),
                                            c.byref(error))
        if code:
            raise Failed(error.message.decode())
        return pa.RecordBatchReader._import_from_c(c.addressof(out))
