/** The name of the schema in which pg-boss keeps its tables. */
export const JOBS_SCHEMA = "jobs";
