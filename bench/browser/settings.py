"""The benchmark's settings, with one more page: the bare text."""

from bench.settings import *  # noqa: F403

ROOT_URLCONF = "bench.browser.bare"
