import { Button } from "@mantine/core";
import { Form, useNavigation } from "react-router";
import { m } from "#words";
import { SectionHeader } from "#src/web/kit/page-header.tsx";
import classes from "./communities.module.css";

/** The way to look round before there is anything of one's own. */
export function SampleOffer() {
  const { state, formAction } = useNavigation();
  return (
    <section className={classes["offer"]}>
      <SectionHeader title={m.communities_page_sample()} />
      <p>{m.communities_page_sample_text()}</p>
      <Form method="post" action="/console/sample">
        <Button
          type="submit"
          name="deed"
          value="make"
          variant="default"
          loading={state !== "idle" && formAction === "/console/sample"}
        >
          {m.communities_page_sample_make()}
        </Button>
      </Form>
    </section>
  );
}
