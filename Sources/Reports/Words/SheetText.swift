/// A text of a report as a workbook.
package enum SheetText: Hashable, CaseIterable, Sendable {
    // Names of sheets; Excel allows 31 characters.
    case summary, calls, attempts, rejects, duplicates
    // The sheet of figures.
    case generated, timeZone, chosen, onlyChosenContacts, anonymous, withoutPersonalData
    case contactsByState, attemptsByOutcome, total
    case whatHappened, moreUntil
    case delivered, answered, notAnswered, answerNotKnown, calledBack, replied, optedOut
    case reasons, contacts, state, remedy
    case errors
    case lists, rejectedRows, duplicateRows
    case time, firstAttempt, lastAttempt, timeBetween
}
