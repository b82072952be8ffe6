import { m } from "#words";
import type { HubLook } from "../../theme/model.ts";
import type { HubPalette } from "../../theme/palette.ts";
import classes from "./look-preview.module.css";

/** A small page of the hub in both looks, in the colours that are being chosen. */
export function LookPreview({ look }: { look: HubLook }) {
  return (
    <div className={classes["both"]} role="group" aria-label={m.hub_look_preview()}>
      <Page title={m.hub_look_in_light()} colours={look.light} />
      <Page title={m.hub_look_in_dark()} colours={look.dark} />
    </div>
  );
}

function Page({ title, colours }: { title: string; colours: HubPalette }) {
  const { paper, card, quiet, line, ink, soft, accent, fill, onFill, bell, good, goodGround } = colours;
  return (
    <figure className={classes["page"]} style={{ background: paper, color: ink, borderColor: line }}>
      <figcaption className={classes["top"]} style={{ background: card, borderColor: line }}>
        <svg width="20" height="20" viewBox="0 0 24 24" fill="none" stroke={bell} strokeWidth="2" aria-hidden>
          <path d="M5 17h14c-2-2-2-4-2-7a5 5 0 0 0-10 0c0 3 0 5-2 7z" />
          <path d="M10 20a2 2 0 0 0 4 0" />
        </svg>
        <b>{title}</b>
        <span className={classes["mark"]} style={{ background: fill, color: onFill }}>
          {m.hub_look_sample_new()}
        </span>
      </figcaption>
      <div className={classes["post"]} style={{ background: card, borderColor: line }}>
        <b>{m.hub_look_sample_topic()}</b>
        <span style={{ color: soft }}>{m.hub_look_sample_text()}</span>
        <span className={classes["link"]} style={{ color: accent }}>
          {m.hub_look_sample_link()}
        </span>
        <span className={classes["row"]}>
          <span className={classes["button"]} style={{ background: fill, color: onFill }}>
            {m.hub_look_sample_button()}
          </span>
          <span className={classes["mark"]} style={{ background: goodGround, color: good }}>
            {m.hub_look_sample_answered()}
          </span>
          <span className={classes["mark"]} style={{ background: quiet, color: ink }}>
            {m.hub_team()}
          </span>
        </span>
      </div>
    </figure>
  );
}
