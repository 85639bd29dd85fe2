# What the commands of this folder's parent need before anything else. Sourced with the repository as the current folder.

# shellcheck source=scripts/lib/apt.sh
source scripts/lib/apt.sh

require_node() {
  local wanted='Node.js 20.19 or newer is needed (https://nodejs.org)'
  if ! command -v node >/dev/null || ! command -v npm >/dev/null; then
    echo "$wanted" >&2
    return 1
  fi
  node -e 'const [a, b] = process.versions.node.split(".").map(Number); process.exit(a > 20 || (a === 20 && b >= 19) ? 0 : 1)' ||
    { echo "$wanted; this is $(node --version)" >&2 && return 1; }
}

# npm leaves its own copy of the lock in node_modules when it is done: an older or missing one means work to do.
install_packages() {
  [ node_modules/.package-lock.json -nt package-lock.json ] && return
  echo 'Installing npm packages' >&2
  npm ci --no-progress --loglevel=error >&2
}

# The packages and the programs in dist/.
setup_project() {
  require_node && install_packages && npm run --silent build >&2
}
