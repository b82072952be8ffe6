import { type RefObject, useEffect, useRef, useState } from "react";

/**
 * The width in pixels that a part of the page has. On the server, and until the browser has measured, `first`:
 * a drawing made for that width is scaled by its view box meanwhile, so nothing jumps but the size of its letters.
 */
export function useWidth<Part extends Element>(first: number): [RefObject<Part | null>, number] {
  const part = useRef<Part>(null);
  const [width, setWidth] = useState(first);
  useEffect(() => {
    const element = part.current;
    if (element === null) return undefined;
    const observer = new ResizeObserver(([entry]) => {
      const measured = Math.round(entry?.contentRect.width ?? 0);
      if (measured > 0) setWidth(measured);
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return [part, width];
}
