/** Where a number belongs, as every table and message says it. */

interface CasePlace {
  readonly scenario: string;
  readonly system: string;
}

export const caseText = ({ scenario, system }: CasePlace): string => `${scenario} on ${system}`;

export const rowText = (place: CasePlace & { readonly scheduler: string }): string =>
  `${caseText(place)}: ${place.scheduler}`;
