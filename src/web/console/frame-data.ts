import { createContext, useContext } from "react";
import { type Section, sections } from "./sections.ts";

/** A community as the frame shows it. */
export interface FrameCommunity {
  slug: string;
  name: string;
  /** Made up by Veche, to look round in. */
  isSample: boolean;
  /** Paths of the pages that this person may open in it. */
  pages: string[];
}

/** What the frame's loader gives. */
export interface FrameData {
  communities: FrameCommunity[];
  /** The slug in the address, when it names a community of this person. */
  current: string | undefined;
  user: { name: string; email: string };
  mayCreate: boolean;
  /** Set while the install is held after a restore. */
  hold: { undecided: number } | null;
  /** Work in the background that was given up; 0 for those who do not own the install. */
  failed: number;
}

/** The frame around the page. Throws outside of it. */
export function useFrame(): FrameData {
  const frame = useContext(FrameContext);
  if (frame === undefined) throw new Error("This part stands outside the frame of the console");
  return frame;
}

export const FrameContext = createContext<FrameData | undefined>(undefined);

/** The community in the address, if there is one. */
export function currentOf(frame: FrameData): FrameCommunity | undefined {
  return frame.communities.find((community) => community.slug === frame.current);
}

/** The sections with pages that this person may open in a community, and only those pages. */
export function shownSections(community: FrameCommunity | undefined): Section[] {
  if (community === undefined) return [];
  return sections
    .map((section) => ({ ...section, pages: section.pages.filter((page) => community.pages.includes(page.path)) }))
    .filter((section) => section.pages.length > 0);
}
