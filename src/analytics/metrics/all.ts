import { activeMembers } from "./active-members.ts";
import { dailyActives, monthlyActives, stickiness, weeklyActives } from "./actives.ts";
import { domains, languages, messageKindCounts, reactionKinds, reactions, reactionsPerMessage } from "./content.ts";
import { goneMembers } from "./gone-members.ts";
import { heatMap } from "./heat-map.ts";
import { joinedMembers } from "./joined-members.ts";
import { leftMembers } from "./left-members.ts";
import { messages } from "./messages.ts";
import type { Metric, NumberMetric } from "./metric.ts";
import { newMembers } from "./new-members.ts";
import { newcomersAnswered, newcomersFirstAnswer, newcomersReturned } from "./newcomers.ts";
import { questions, questionsAnswered, replies, replyShare, responseMedian, responseNinetieth } from "./responses.ts";
import { retentionCohorts } from "./retention-cohorts.ts";
import { monthReturn, weekTwoReturn } from "./retention-window.ts";
import { returningMembers } from "./returning-members.ts";
import { spacesCompared } from "./spaces-compared.ts";
import { gini, halfFrom, oneMessageMembers, topFivePercent, topOnePercent } from "./spread.ts";
import { conversationGraph, topMembers } from "./talk.ts";

/** Metrics that are one number, in the order in which a page of definitions lists them. */
export const numberMetrics: readonly NumberMetric[] = [
  messages,
  activeMembers,
  newMembers,
  returningMembers,
  goneMembers,
  joinedMembers,
  leftMembers,
  dailyActives,
  weeklyActives,
  monthlyActives,
  stickiness,
  weekTwoReturn,
  monthReturn,
  newcomersAnswered,
  newcomersFirstAnswer,
  newcomersReturned,
  gini,
  topOnePercent,
  topFivePercent,
  halfFrom,
  oneMessageMembers,
  replies,
  replyShare,
  responseMedian,
  responseNinetieth,
  questions,
  questionsAnswered,
  reactions,
  reactionsPerMessage,
];

/** Every metric there is. */
export const metrics: readonly Metric<unknown>[] = [
  ...numberMetrics,
  retentionCohorts,
  topMembers,
  conversationGraph,
  heatMap,
  languages,
  domains,
  reactionKinds,
  messageKindCounts,
  spacesCompared,
];
