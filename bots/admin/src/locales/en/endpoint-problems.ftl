endpoint-problem-name_unknown = There is no such name on the internet. Check the address for a typo.
endpoint-problem-connection_refused = Nobody takes connections at this address. Check the port, and that the panel runs and the firewall lets us in.
endpoint-problem-timeout = No answer came in time. The server is off, overloaded, or behind a firewall.
endpoint-problem-connection_lost = The connection broke off. Try again; if it repeats, see whether the server keeps restarting.
endpoint-problem-tls_self_signed = The server signed its certificate itself, so nobody vouches for it. Compare the fingerprint and confirm it.
endpoint-problem-tls_invalid = The certificate is no good: it has expired, is for another name, or is broken. Renew it on the server.
endpoint-problem-certificate_changed = The server shows another certificate than the one you confirmed. If you changed it, confirm the new one; otherwise somebody may stand between.
endpoint-problem-not_https = This port speaks without encryption. Begin the address with http:// or switch the certificate on in the panel.
endpoint-problem-not_http = This port expects encryption. Begin the address with https://
endpoint-problem-redirected = The address leads to another page. Send the one that the browser shows once you are logged in.
endpoint-problem-not_a_panel = It is not the panel that answers here, but another site or a protection page. Open it in a browser and send the panel's own address.
endpoint-problem-wrong_path = There is a panel on this server, but under another secret path. Copy the whole address from the browser.
endpoint-problem-host_key_changed = The server shows another SSH key than the one you confirmed. If it was reinstalled, add it anew; otherwise somebody may stand between.
endpoint-problem-wrong_credentials = The login, the password or the token is wrong. Please enter them again.
endpoint-problem-login_locked = The panel has closed its door after several failures. Wait 15 minutes or restart the panel.
endpoint-problem-two_factor_needed = The panel asks for a one-time code. Give the key that it is made from.
endpoint-problem-two_factor_wrong = The one-time code was not right. Check the key and the server's clock.
endpoint-problem-resting = The login was refused lately, so we leave the panel alone before it locks us out. Give the right password and it is tried at once.
endpoint-problem-busy = The server is busy with something else. We try again by ourselves.
endpoint-problem-server_error = Something broke on the server: it answered with an error. Look into its log.
endpoint-problem-answer_too_large = The answer is too large to be read safely. It is probably not a panel.
endpoint-problem-answer_unknown = The answer makes no sense: an unknown version, or not a panel at all.
endpoint-problem-settings_invalid = One of the values is not right. Check what you sent.
endpoint-problem-no_tools = The server lacks the programs it needs. Install WireGuard (wireguard-tools) and try again.
endpoint-problem-place_taken = Somebody else has this name on the panel. We touch nothing of others: please free it.
endpoint-problem-inbound_missing = None of the chosen inbounds is on the panel. Choose others.
endpoint-problem-inbound_deleted = The inbound is no longer on the panel. Stop selling it or make it again.
endpoint-problem-inbound_off = The inbound is switched off on the panel. Switch it on or stop selling it.
endpoint-problem-inbound_expired = The inbound has expired. Extend it on the panel.
endpoint-problem-inbound_used_up = The inbound has used up its traffic. Raise the limit or reset the counter on the panel.
endpoint-problem-inbound_protocol_changed = The inbound has another protocol now and cannot be sold. Choose another.
endpoint-problem-inbound_not_dialable = This inbound cannot be reached from outside. Set the address for customers and open the port in the firewall.
endpoint-problem-core_stopped = Xray is stopped on the panel, so no key works. Start it on the panel.
endpoint-problem-interface_missing = The server has no such WireGuard interface. Make it or choose another.
endpoint-problem-interface_down = The WireGuard interface is down. Bring it up: systemctl start wg-quick@wg0
endpoint-problem-config_missing = WireGuard has no configuration file: its keys would be lost with a restart. Make it on the server.
endpoint-problem-server_key_changed = WireGuard has another server key, so the files handed out do not work. Check the connection and new ones are handed out.
endpoint-problem-other = It did not work, for a reason we do not know. See the details below.
endpoint-problem-line = ⚠️ <b>{ $detail }</b>: { $sentence }
endpoint-problem-whole = ⚠️ { $sentence }
endpoint-problem-more =
    { $count ->
        [one] …and { $count } more remark
       *[other] …and { $count } more remarks
    }
endpoint-problem-field = It is about the field <code>{ $field }</code>.
endpoint-problem-detail = <i>{ $reason }</i>
