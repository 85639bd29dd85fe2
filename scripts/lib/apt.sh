# Installing what a fresh Debian or Ubuntu lacks. Sourced by the scripts of this folder's parent.

apt_log=${TMPDIR:-/tmp}/presync-apt.log

# apt-get with nobody to answer its questions; what it says is in the log.
apt_quietly() {
  DEBIAN_FRONTEND=noninteractive apt-get -y -qq --no-install-recommends "$@" </dev/null >"$apt_log" 2>&1
}

apt_install() {
  if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
    echo "$*: please install it (apt-get install needs root on Debian or Ubuntu)" >&2
    return 1
  fi
  echo "Installing $* with apt" >&2
  # A list that is older than the archive's current one is met as a failed install: refresh it and try again.
  apt_quietly install "$@" || { apt_quietly update && apt_quietly install "$@"; } || { cat "$apt_log" >&2 && return 1; }
}

# need_command COMMAND PACKAGE: installs PACKAGE unless COMMAND is there.
need_command() {
  command -v "$1" >/dev/null || PATH=$PATH:/usr/sbin:/sbin command -v "$1" >/dev/null || apt_install "$2"
}

# apt_install_idle PACKAGE...: the same, and no service of theirs is started.
apt_install_idle() {
  local policy=/usr/sbin/policy-rc.d made= status=0
  # Debian's way to say that an installation must not start services.
  if [ ! -e "$policy" ]; then
    printf '#!/bin/sh\nexit 101\n' >"$policy" && chmod +x "$policy" && made=1
  fi
  apt_install "$@" || status=$?
  if [ -n "$made" ]; then rm -f "$policy"; fi
  return "$status"
}

# Docker of this machine's own distribution, without starting its service.
install_docker() {
  [ -x /usr/sbin/dockerd ] && [ -x /usr/bin/docker ] && return
  local packages=(docker.io)
  apt-get update -qq >&2
  # Newer distributions have the CLI and buildx in packages of their own.
  for package in docker-cli docker-buildx; do
    if apt-cache show "$package" >/dev/null 2>&1; then packages+=("$package"); fi
  done
  apt_install_idle "${packages[@]}"
}

# The archive that this machine's apt uses for Debian, or nothing.
debian_mirror() {
  apt-get indextargets --format '$(SITE) $(COMPONENT) $(ORIGIN)' 'Created-By: Packages' 2>/dev/null |
    awk '$3 == "Debian" && $2 == "main" && !seen++ { print $1 }'
}
