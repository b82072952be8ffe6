import { type RawBuilder, sql } from "kysely";

/** How a called group stands in the HTML of a post, as a pattern with its number; the class is given to nothing that members type. */
export const CALLED_GROUP = `/g/([0-9]{1,6})" class="mention group"`;

/** The numbers of the groups that the HTML of a post calls, as an array. */
export function calledIn(html: RawBuilder<unknown>): RawBuilder<number[]> {
  return sql<number[]>`array(select called[1]::int from regexp_matches(${html}, ${CALLED_GROUP}, 'g') called)`;
}
