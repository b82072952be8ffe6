import {
  IconBrandDiscord,
  IconBrandFacebook,
  IconBrandReddit,
  IconBrandSlack,
  IconBrandTelegram,
  IconBrandVk,
  IconFileText,
  IconHome,
  IconMessage,
} from "@tabler/icons-react";
import classes from "./platform-dot.module.css";

// Names and colours as the platforms' own brand pages give them.
const looks = {
  telegram: { name: "Telegram", colour: "#1F7FB8", Icon: IconBrandTelegram },
  discord: { name: "Discord", colour: "#5865F2", Icon: IconBrandDiscord },
  slack: { name: "Slack", colour: "#611F69", Icon: IconBrandSlack },
  vk: { name: "VK", colour: "#0066DD", Icon: IconBrandVk },
  reddit: { name: "Reddit", colour: "#D93A00", Icon: IconBrandReddit },
  facebook: { name: "Facebook", colour: "#0866FF", Icon: IconBrandFacebook },
  max: { name: "MAX", colour: "#6B4EE6", Icon: IconMessage },
  hub: { name: "Veche", colour: "#A5672A", Icon: IconHome },
} as const;

const unknown = { name: undefined, colour: "#5B6770", Icon: IconFileText };

/** The small dot that says where a thing comes from. `name` is for platforms the console has no picture for. */
export function PlatformDot({ platform, name, size = 18 }: { platform: string; name?: string; size?: number }) {
  const look = Object.entries(looks).find(([key]) => key === platform)?.[1] ?? unknown;
  const label = name ?? look.name ?? platform;
  return (
    <span
      className={classes["dot"]}
      style={{ background: look.colour, width: size, height: size }}
      role="img"
      aria-label={label}
      title={label}
    >
      <look.Icon size={Math.round(size * 0.66)} stroke={1.9} aria-hidden />
    </span>
  );
}
