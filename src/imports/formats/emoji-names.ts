/** Slack and Discourse write reactions by name. The common ones, so that they count together with those of other platforms. */
const PAIRS = `+1 👍 thumbsup 👍 -1 👎 thumbsdown 👎 heart ❤️ heart_eyes 😍 joy 😂 rofl 🤣 smile 😄 smiley 😃 grinning 😀
  laughing 😆 satisfied 😆 slightly_smiling_face 🙂 wink 😉 blush 😊 sob 😭 cry 😢 thinking_face 🤔 thinking 🤔 tada 🎉
  fire 🔥 100 💯 clap 👏 pray 🙏 eyes 👀 rocket 🚀 raised_hands 🙌 ok_hand 👌 wave 👋 muscle 💪 white_check_mark ✅
  heavy_check_mark ✔️ x ❌ question ❓ exclamation ❗ warning ⚠️ star ⭐ sparkles ✨ bulb 💡 party_popper 🎉 open_mouth 😮
  hugs 🤗 hugging_face 🤗 angry 😠 rage 😡 confused 😕 sunglasses 😎 scream 😱 see_no_evil 🙈 handshake 🤝 coffee ☕
  beer 🍺 cake 🍰 gift 🎁 green_heart 💚 blue_heart 💙 yellow_heart 💛 purple_heart 💜 black_heart 🖤 broken_heart 💔
  point_up ☝️ point_down 👇 point_right 👉 point_left 👈 heavy_plus_sign ➕ rolling_on_the_floor_laughing 🤣 face_palm 🤦`;

const emoji = new Map<string, string>();
for (const [, name = "", character = ""] of PAIRS.matchAll(/(\S+)\s+(\S+)/g)) emoji.set(name, character);

/** The longest name kept of an emoji that a team made itself. */
const NAME_CHARS = 38;

/** The emoji of that name; names of a team's own emoji stay names between colons. Skin tones count as one. */
export function emojiNamed(name: string): string {
  const plain = name.replaceAll(/:|:?skin-tone-\d/g, "");
  return emoji.get(plain) ?? `:${plain.slice(0, NAME_CHARS)}:`;
}
