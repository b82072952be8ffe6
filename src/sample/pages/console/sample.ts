import { type ActionFunctionArgs, redirect } from "react-router";
import { visitContext } from "#src/web/context.ts";
import { isFailure } from "#src/web/kit/failure.ts";
import { formText } from "#src/web/kit/form-text.ts";
import { attempt } from "#src/web/kit/refusal.ts";

/** Nobody looks at this address; forms are sent to it. */
export function loader(): Response {
  return redirect("/console");
}

/** Makes the sample community and opens its audit, or removes it and goes where there was none. */
export async function action({ context, request }: ActionFunctionArgs) {
  const { sample } = context.get(visitContext).api;
  if (formText(await request.formData(), "deed") === "remove") {
    const removed = await attempt(() => sample.remove({}));
    return isFailure(removed) ? removed : redirect("/console");
  }
  const made = await attempt(() => sample.make({}));
  return isFailure(made) ? made : redirect(`/console/${made.slug}/audit`);
}
