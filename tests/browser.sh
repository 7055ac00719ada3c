#!/bin/sh
# Installs Debian's Chromium and its emoji for the tests of the chat page, where that is possible.
# SMSBOT_TEST_BROWSER=required makes it an error where it is not.
set -u

PACKAGES="chromium fonts-noto-color-emoji"

has_all() {
    { command -v chromium || command -v chromium-browser; } >/dev/null 2>&1 || return 1
    # Without apt nobody can tell which fonts there are; they matter to screenshots alone.
    ! command -v dpkg-query >/dev/null 2>&1 || dpkg-query -W fonts-noto-color-emoji >/dev/null 2>&1
}

install() {
    echo "Installing Chromium for the tests of the chat page (once) …"
    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends $PACKAGES >/dev/null
}

has_all && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1 && install && has_all; then
    exit 0
fi
if [ "${SMSBOT_TEST_BROWSER:-}" = required ]; then
    echo "Chromium is required and could not be installed: apt-get install $PACKAGES" >&2
    exit 1
fi
echo "No Chromium: tests of the chat page may be skipped. To run them: apt-get install $PACKAGES"
exit 0
