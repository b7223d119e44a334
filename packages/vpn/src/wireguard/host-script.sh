# Runs on the WireGuard server as `bash -s`; see host-protocol.ts for the words spoken.
# The caller sends this text and then one request on the same stdin, so nothing is installed on the server and no
# secret is ever an argument of a process. `main; exit` is the last line: everything after it is the request.
set -u
export LC_ALL=C PATH="$PATH:/usr/local/sbin:/usr/sbin:/sbin"
umask 077
interface='' config='' account='' public_key='' preshared_key='' address=''

fail() { printf 'error\t%s\t%s\n' "$1" "$2"; exit 3; }

read_request() {
  local greeting key value
  IFS=' ' read -r greeting verb || fail bad-request 'no request came'
  [[ $greeting == vpn-kiosk/1 ]] || fail bad-request 'the request has no greeting'
  while IFS=' ' read -r key value; do
    case $key in
      interface) interface=$value ;;
      config) config=$value ;;
      account) account=$value ;;
      public-key) public_key=$value ;;
      preshared-key) preshared_key=$value ;;
      address) address=$value ;;
      .) exec </dev/null; return ;;
      *) fail bad-request 'the request names an unknown field' ;;
    esac
  done
  fail bad-request 'the request ended early'
}

check() { [[ $2 =~ $3 ]] || fail bad-request "$1 is malformed"; }

check_request() {
  local key_form='^[A-Za-z0-9+/]{43}=$'
  check interface "$interface" '^[a-zA-Z0-9_=+.-]{1,15}$'
  check config "$config" '^/[a-zA-Z0-9_=+./@-]{1,200}$'
  [[ -z $account ]] || check account "$account" '^vk-[0-9a-z]{4,40}$'
  [[ -z $public_key ]] || check public-key "$public_key" "$key_form"
  [[ $verb != ensure ]] || {
    check account "$account" '.'
    check public-key "$public_key" '.'
    check preshared-key "$preshared_key" "$key_form"
    check address "$address" '^[0-9]{1,3}([.][0-9]{1,3}){3}$'
  }
}

# Every [Peer] of the file: account or -, public key, allowed addresses. The mark is the line right below `[Peer]`.
peers_in_file() {
  awk '
    function flush() { if (inside) print account "\t" key "\t" ips; inside = 0 }
    function value(line) { sub(/^[^=]*=[ \t]*/, "", line); sub(/[ \t\r]*(#.*)?$/, "", line); return line }
    /^[ \t]*\[/ { flush(); inside = tolower($0) ~ /^[ \t]*\[peer\]/; account = key = ips = "-"; head = NR; next }
    inside && NR == head + 1 && /^# vk-[0-9a-z]+[ \t\r]*$/ { account = $2; sub(/\r$/, "", account) }
    inside && tolower($0) ~ /^[ \t]*publickey[ \t]*=/ { key = value($0) }
    inside && tolower($0) ~ /^[ \t]*allowedips[ \t]*=/ { line = value($0); gsub(/[ \t]/, "", line); ips = ips "," line }
    END { flush() }' "$config"
}

# The file without this account's peer. A foreign comment that stands between two peers stays where it is. An unmarked
# peer with this very key is the account's too (the key was minted for it): `SaveConfig` loses comments.
file_without_account() {
  awk -v account="$account" -v key="${public_key:-none}" '
    function emit(line) {
      if (line ~ /^[ \t\r]*$/) { held++; return }
      while (held > 0) { print ""; held-- }
      print line
    }
    function flush(  i, last) {
      if (peer && (mark == account || (mark == "" && found == key))) {
        for (i = 1; i <= n; i++) if (lines[i] ~ /^[ \t]*(\[|[A-Za-z0-9]+[ \t]*=)/) last = i
        if (held > 0) held--
      }
      for (i = last + 1; i <= n; i++) emit(lines[i])
      n = 0
    }
    /^[ \t]*\[/ { flush(); peer = tolower($0) ~ /^[ \t]*\[peer\]/; mark = found = ""; head = NR }
    NR == head + 1 && /^# vk-[0-9a-z]+[ \t\r]*$/ { mark = $2; sub(/\r$/, "", mark) }
    tolower($0) ~ /^[ \t]*publickey[ \t]*=/ { found = $0; sub(/^[^=]*=[ \t]*/, "", found); sub(/[ \t\r]*(#.*)?$/, "", found) }
    { lines[++n] = $0 }
    END { flush() }' "$config"
}

lock() {
  command -v flock >/dev/null || fail no-tools 'flock is not installed'
  exec 9>"$config.lock" || fail failed 'the lock file cannot be written'
  flock -w 10 9 || fail busy 'another change to this interface has been running for ten seconds'
}

# Puts the new text in place in one step.
replace_file() {
  local fresh="$config.$$.new"
  { printf '%s\n' "$1" >"$fresh" && sync "$fresh" && mv -f "$fresh" "$config"; } ||
    { rm -f "$fresh"; fail failed 'the configuration file cannot be written'; }
}

has_interface() { wg show "$interface" public-key >/dev/null 2>&1; }
need_config() { [[ -f $config ]] || fail no-config "there is no file $config"; config=$(readlink -f -- "$config"); }

# Prints who else holds the key or the address, first in the file and then on the running interface.
find_conflict() {
  { peers_in_file; wg show "$interface" allowed-ips | awk -F '\t' '{ gsub(/ /, ",", $2); print "live\t" $1 "\t" $2 }'; } |
    awk -F '\t' -v account="$account" -v key="$public_key" -v address="$address" '
      $1 == account { own[$2] = 1; next }
      $1 != "live" && $1 != "-" && $2 == key { print "key-taken\tthe key belongs to " $1; exit }
      $2 == key || ($1 == "live" && $2 in own) { next }
      { n = split($3, ips, ","); for (i = 1; i <= n; i++) if (ips[i] == address "/32" || ips[i] == address) {
          print "address-taken\t" address " belongs to " ($1 ~ /^vk-/ ? $1 : "a peer that is not ours"); exit } }'
}

remove_live() { has_interface || return 0; wg set "$interface" peer "$1" remove || fail failed 'the peer cannot be removed'; }

do_ensure() {
  need_config
  lock
  has_interface || fail no-interface "the interface $interface is not running"
  local conflict old text key
  conflict=$(find_conflict)
  [[ -z $conflict ]] || fail "${conflict%%$'\t'*}" "${conflict#*$'\t'}"
  old=$(peers_in_file | awk -F '\t' -v a="$account" -v k="$public_key" '$1 == a && $2 != k { print $2 }')
  # The file first: a peer that lives only until the next restart would be a lie.
  text=$(file_without_account && printf '\n[Peer]\n# %s\nPublicKey = %s\nPresharedKey = %s\nAllowedIPs = %s/32\n' \
    "$account" "$public_key" "$preshared_key" "$address") || fail failed 'the configuration file cannot be read'
  replace_file "$text"
  for key in $old; do remove_live "$key"; done
  # printf is a builtin: the key is no process's argument.
  printf '%s\n' "$preshared_key" | wg set "$interface" peer "$public_key" preshared-key /dev/stdin \
    allowed-ips "$address/32" || fail failed 'the peer cannot be added'
}

do_remove() {
  need_config
  lock
  local key keys text
  # The running interface first: a crash in between leaves the mark, and the next removal finds it.
  keys=$(peers_in_file | awk -F '\t' -v a="$account" -v k="${public_key:-none}" '$1 == a || ($1 == "-" && $2 == k) { print $2 }')
  for key in $keys; do remove_live "$key"; done
  [[ -n $keys ]] || return 0
  text=$(file_without_account) || fail failed 'the configuration file cannot be read'
  replace_file "$text"
}

# Joins the file's marks with the counters. The first line of a dump holds the server's private key: it ends here.
list_peers() {
  { peers_in_file; wg show "$interface" dump 2>/dev/null | tail -n +2 | awk -F '\t' '{ print "live\t" $1 "\t" $5 "\t" $6 "\t" $7 }'; } |
    awk -F '\t' '
      $1 == "live" { live[$2] = $4 "\t" $5 "\t" $3; next }
      $1 != "-" { account[++n] = $1; key[n] = $2 }
      END { for (i = 1; i <= n; i++) print "peer\t" account[i] "\t" (key[i] in live ? "live\t" live[key[i]] : "file\t0\t0\t0") }'
}

do_peers() { need_config; has_interface || fail no-interface "the interface $interface is not running"; list_peers; }

do_probe() {
  need_config
  has_interface || fail no-interface "the interface $interface is not running"
  printf 'version\t%s\n' "$(wg --version 2>/dev/null | awk '{ print $2; exit }')"
  printf 'public-key\t%s\n' "$(wg show "$interface" public-key)"
  printf 'link\t%s\n' "$(ip -o link show dev "$interface" up 2>/dev/null | grep -q . && echo up || echo down)"
  printf 'online\t%s\n' "$(list_peers | awk -F '\t' -v now="$(date +%s)" '$6 > 0 && now - $6 < 180 { n++ } END { print n + 0 }')"
  printf 'load\t%s\t%s\n' "$(awk '{ print $1 }' /proc/loadavg)" "$(nproc 2>/dev/null || echo 1)"
  awk '/^MemTotal:/ { all = $2 } /^MemAvailable:/ { free = $2 } END { print "memory\t" all "\t" free }' /proc/meminfo
}

do_facts() {
  printf 'version\t%s\n' "$(wg --version 2>/dev/null | awk '{ print $2; exit }')"
  wg show interfaces | tr ' ' '\n' | awk 'NF { print "interface\t" $1 }'
  [[ ! -f $config ]] || printf 'config\t%s\n' "$config"
  has_interface || return 0
  printf 'public-key\t%s\n' "$(wg show "$interface" public-key)"
  printf 'listen-port\t%s\n' "$(wg show "$interface" listen-port)"
  printf 'peers\t%s\n' "$(wg show "$interface" peers | awk 'END { print NR }')"
  ip -o -4 addr show dev "$interface" | awk '{ print "address\t" $4 }'
  [[ ! -f $config ]] || ! grep -qiE '^[[:space:]]*SaveConfig[[:space:]]*=[[:space:]]*true' "$config" || printf 'save-config\ton\n'
}

main() {
  local verb=''
  printf 'vpn-kiosk/1\n'
  read_request
  check_request
  [[ $(id -u) == 0 ]] || fail not-root 'this login is not root'
  command -v wg >/dev/null || fail no-tools 'wireguard-tools are not installed'
  case $verb in
    ensure) do_ensure ;;
    remove) check account "$account" '.'; do_remove ;;
    peers) do_peers ;;
    probe) do_probe ;;
    facts) do_facts ;;
    *) fail bad-request 'the request has an unknown verb' ;;
  esac
  printf 'ok\n'
}
main; exit
