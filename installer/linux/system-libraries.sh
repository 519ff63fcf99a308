#!/bin/sh
# Installs the system libraries that Qt's window and multimedia parts load and that a bare
# Debian or Ubuntu lacks. Where it may not install, it says what is needed and stops.
# With --test-tools also what the tests run beside the program.
set -eu

# library that must be found | Debian package that brings it
NEEDED='
libpulse.so.0|libpulse0
libEGL.so.1|libegl1
libGL.so.1|libgl1
libglib-2.0.so.0|libglib2.0-0
libgssapi_krb5.so.2|libgssapi-krb5-2
libX11-xcb.so.1|libx11-xcb1
libxkbcommon.so.0|libxkbcommon0
libxkbcommon-x11.so.0|libxkbcommon-x11-0
libdbus-1.so.3|libdbus-1-3
libfontconfig.so.1|libfontconfig1
libxcb-cursor.so.0|libxcb-cursor0
libxcb-icccm.so.4|libxcb-icccm4
libxcb-image.so.0|libxcb-image0
libxcb-keysyms.so.1|libxcb-keysyms1
libxcb-randr.so.0|libxcb-randr0
libxcb-render.so.0|libxcb-render0
libxcb-shape.so.0|libxcb-shape0
libxcb-shm.so.0|libxcb-shm0
libxcb-sync.so.1|libxcb-sync1
libxcb-xfixes.so.0|libxcb-xfixes0
libxcb-render-util.so.0|libxcb-render-util0
libxcb-xinerama.so.0|libxcb-xinerama0
libxcb-xkb.so.1|libxcb-xkb1
'

known=$(PATH="$PATH:/sbin:/usr/sbin" ldconfig -p)
missing=''
for line in $NEEDED; do
    case "$known" in
        *"${line%%|*} "*) ;;
        *) missing="$missing ${line##*|}" ;;
    esac
done
if [ "${1:-}" = --test-tools ] && ! command -v strace >/dev/null 2>&1; then
    missing="$missing strace"
fi
[ -n "$missing" ] || exit 0

if ! command -v apt-get >/dev/null 2>&1; then
    echo "EdemaDesk needs these libraries (Debian's names), please install them:$missing" >&2
    exit 1
fi
if [ "$(id -u)" -eq 0 ]; then
    as_root=''
elif command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; then
    as_root='sudo'
else
    echo "EdemaDesk needs system libraries. Ask an administrator to run:" >&2
    echo "    apt-get install$missing" >&2
    exit 1
fi
echo "Installing system libraries:$missing"
$as_root apt-get update -qq
# shellcheck disable=SC2086  # the list is meant to fall into words
DEBIAN_FRONTEND=noninteractive $as_root apt-get install -y -qq --no-install-recommends $missing >/dev/null
