#!/bin/sh
# Brings the texts of the sources into the translation file and compiles it.
set -eu
bin=$1
find edema_desk -name '*.py' | LC_ALL=C sort | xargs "$bin/pyside6-lupdate" -no-obsolete -locations none -ts resources/i18n/edema_desk_ja.ts
"$bin/pyside6-lrelease" resources/i18n/edema_desk_ja.ts -qm resources/i18n/edema_desk_ja.qm
