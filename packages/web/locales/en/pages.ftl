# Said by the pages for customers.
page-title = Subscription
situation-active-title = Subscription is active
situation-preparing-title = Your key is being prepared
situation-preparing-text = It usually takes less than a minute. This page refreshes by itself.
situation-preparing-remark = ⚙️ Key is being prepared. Refresh in a minute
situation-devices-title = Your devices’ files are in the bot
situation-devices-text = Each of your devices has a file of its own. Open “Devices” in the bot to add one or to get its file again.
situation-devices-remark = 📱 The file for this device is in the bot
situation-expired-title = Subscription has ended
situation-expired-text = Renew it in the bot: your key stays the same, there is nothing to set up again.
situation-expired-remark = ⏳ Subscription has ended. Renew it in the bot
situation-trial-ended-title = The trial has ended
situation-trial-ended-text = Choose a subscription in the bot: your key stays the same, there is nothing to set up again.
situation-trial-ended-remark = 🎁 The trial has ended. Choose a plan in the bot
situation-traffic-used-up-title = Traffic is used up
situation-traffic-used-up-text = Buy another period in the bot and everything works again with the same key.
situation-traffic-used-up-remark = 📊 Traffic is used up. Renew in the bot
situation-frozen-title = The subscription is frozen
situation-frozen-text = Time stands still. Unfreeze it in the bot.
situation-frozen-remark = ❄️ Frozen. Unfreeze it in the bot
situation-held-title = The trial is paused
situation-held-text = You left a channel that it needs. The bot says what to do.
situation-held-remark = 📢 The trial is paused. Open the bot
situation-suspended-title = Access is suspended
situation-suspended-text = Write to support and we will sort it out.
situation-suspended-remark = ⛔ Access is suspended. Write to support
situation-none-title = No subscription yet
situation-none-text = Choose a period in the bot: the key arrives seconds after you pay.
situation-none-remark = 🛒 No subscription yet. Get one in the bot
trial = Trial
days-left =
    { $days ->
        [one] { $days } day left
       *[other] { $days } days left
    }
hours-left =
    { $hours ->
        [0] Less than an hour left
        [1] Less than an hour left
        [one] { $hours } hour left
       *[other] { $hours } hours left
    }
active-until = Until
ended-on = Ended on
traffic = Traffic
traffic-of = { $used } of { $limit }
unlimited = unlimited
renew = Renew in the bot
choose-plan = Choose a subscription
open-bot = Open the bot
write-support = Write to support
connect-title = Connect
connect-install = Install an app: the buttons lead to its store.
connect-press = Come back and press “Add”: your VPN is added by itself.
connect-turn-on = Turn the VPN on in the app. Done!
choose-system = Your device
system-android = Android
system-ios = iPhone
system-windows = Windows
system-macos = Mac
system-linux = Linux
add-to = Add to { $app }
install = Install { $app }
install-short = Install
recommended = recommended
link-title = Link for your app
link-text = If the button did nothing, copy the link and paste it in the app.
link-scan = For another device: scan the code in its app.
link-personal = The link is personal: whoever knows it uses your VPN.
copy = Copy
copied = Copied
ways-in-title = Servers one by one
ways-in-text = For apps that do not know subscriptions.
ways-in-show = Show the key
ways-in-download = Download the file
ways-in-some-ready = { $ready } of { $of } servers are ready. The others appear here and in the app by themselves.
open-title = Adding your VPN to { $app }
open-button = Open { $app }
open-nothing = Nothing happened? Install the app, come back and press again.
open-text = If the app did not open by itself, press the button.
open-otherwise = Or copy the link and paste it in the app:
open-page = Other apps and the QR code
problem-not-found-title = There is no such page
problem-not-found-text = Perhaps the link was not copied whole, or a new one replaced it. The bot always has the current one.
problem-too-many-title = Too often
problem-too-many-text = Wait a minute and refresh the page.
problem-bad-request-title = The request was not understood
problem-bad-request-text = Open the link from the bot once more.
problem-unavailable-title = It does not work right now
problem-unavailable-text = We are on it. Refresh the page in a minute; the VPN itself keeps working.
