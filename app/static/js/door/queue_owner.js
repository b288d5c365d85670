// Whose a scan in the queue is: a phone may hold some of an event it is paired with no more. They wait for it.

export const belongsTo = (event) => (entry) => !entry.event || entry.event === event;
