import { m } from "#words";

const words: Readonly<Record<string, () => string>> = {
  photo: m.members_message_photo,
  video: m.members_message_video,
  "video-note": m.members_message_video,
  voice: m.members_message_voice,
  audio: m.members_message_audio,
  animation: m.members_message_animation,
  sticker: m.members_message_sticker,
  file: m.members_message_file,
  poll: m.members_message_poll,
  location: m.members_message_location,
};

/** What a message is besides its text, in a word. */
export function kindWord(kind: string): string {
  return (words[kind] ?? m.members_message_other)();
}
