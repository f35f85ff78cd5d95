/**
 * What must stand beside a before/after comparison of service use. Without a comparator nothing else can: people join
 * when things are at their worst, and some fall follows whatever is done (regression to the mean).
 */
export function caveat(hasComparator: boolean): string {
  if (hasComparator) {
    return 'People were not allocated at random: the groups may differ in ways that are not measured here.'
  }
  return (
    'There is no comparison group. People tend to join a service when things are at their worst, so some fall afterwards ' +
    'is expected whatever is done (regression to the mean). These figures describe the months before and after joining; ' +
    'they do not show what the service brought about.'
  )
}
