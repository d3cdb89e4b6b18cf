#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every sentence for people has a Chinese translation that fits it."""

import gettext
import pathlib
import re
import subprocess
import sys
import unicodedata

from tap import Tap, run

PLACEHOLDER = re.compile(r"\{(\w+)\}")
PRINTF = re.compile(r"%[-+ #0']*[\d*]*(?:\.[\d*]+)?(?:hh|h|ll|l|j|z|t)?[a-zA-Z]")


def compiled(command, **options):
    """What a .po file, the output of the command, translates, as msgfmt sees it."""
    po = subprocess.run(command, check=True, stdout=subprocess.PIPE, **options).stdout
    mo = subprocess.run(["msgfmt", "-o", "-", "-"], input=po, check=True, stdout=subprocess.PIPE).stdout
    path = pathlib.Path(sys.argv[2]) / "messages.mo"
    path.write_bytes(mo)
    with path.open("rb") as file:
        table = gettext.GNUTranslations(file)._catalog
    return {english: text for english, text in table.items() if english}


def marked_messages(root):
    """Every message in the sources; msgen makes each its own translation, so that msgfmt keeps it."""
    template = subprocess.run([root / "tools/update_messages", "--template"], check=True, stdout=subprocess.PIPE)
    return list(compiled(["msgen", "-"], input=template.stdout))


def is_chinese(text):
    return any("CJK" in unicodedata.name(character, "") for character in text)


def stripped(text):
    """What is left to translate: a message of placeholders and signs alone needs no Chinese character."""
    return re.sub(r"[\W\d_]", "", PRINTF.sub("", PLACEHOLDER.sub("", text)))


def test_checks(tap):
    tap.case("placeholders are seen", [] if PLACEHOLDER.findall("{a} of {b_c}") == ["a", "b_c"] else ["missed"])
    tap.case("formats are seen", [] if PRINTF.findall("%d of %-5s, %%") == ["%d", "%-5s"] else ["missed"])


def main(root):
    tap = Tap()
    test_checks(tap)
    messages = marked_messages(root)
    tap.case("messages are marked in the sources", [] if messages else ["none"])
    chinese = compiled(["cat", root / "po/zh.po"])
    tap.case("every message is translated", [m for m in messages if m not in chinese])
    tap.case("every translation is used", sorted(set(chinese) - set(messages)))
    tap.case("every translation is Chinese",
             [m for m in messages if stripped(m) and not is_chinese(chinese.get(m, "岗"))])
    tap.case("placeholders agree",
             [m for m, t in chinese.items() if sorted(PLACEHOLDER.findall(m)) != sorted(PLACEHOLDER.findall(t))])
    tap.case("formats agree and keep their order",
             [m for m, t in chinese.items() if PRINTF.findall(m) != PRINTF.findall(t)])
    tap.case("msgfmt accepts the catalogue", run(["msgfmt", "--check", "-o", "/dev/null", root / "po/zh.po"])[1])
    tap.finish()


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]))
