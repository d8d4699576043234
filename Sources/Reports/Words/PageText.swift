/// A text of a report's page that is always the same.
package enum PageText: CaseIterable, Sendable {
    // Above the sections.
    case generatedAt, firstCall, lastCall, contacts, answered, calls
    // The first sections.
    case sums, funnel, imported, callable, acceptedByZAPI, deliveredToWhatsApp, answeredByPeople, nothingMeasured
    // Charts.
    case callsOverTime, figuresAsTable, from, acceptedOnly, inDoubt, refused, notPlaced, noResult, windowShut, paused
    case callsByHour, answersByHour, hour, share
    // Tables.
    case problems, errorTexts, reason, code, whatToDo, latency, withinMilliseconds, longest, instances, delivered
    case notCalled, excluded, rejected, duplicates, examples, people, calledBack, replied, optedOut, noNews
    case doubts, noDoubts, attemptsPerContact, attempts, failed, waiting, notAnswered, total, none, empty
    case settings, settingsUnknown, setting, value, contactsTable, definitions
}

/// A sentence of a report's page with figures in it.
package enum PageSentence: Hashable, Sendable {
    case title(campaign: String)
    case timesIn(zone: String)
    // The verdict.
    case nobodyYet
    case finished
    case stillOpen(Int)
    case accepted(Int, of: Int, tenths: Int)
    case answered(Int, tenths: Int)
    case failed(Int)
    case inDoubt(Int)
    // Checks.
    case contactsAddUp(Int)
    case callsAddUp(Int)
    case doesNotAddUp(Int, expected: Int)
    // Charts and tables.
    case everyInterval(milliseconds: Int64)
    /// So many of the rows of a table have been corrected since, and do not count any more.
    case correctedSince(Int)
    case shareOfStep(tenths: Int)
    case notFinal(until: String)
    case peopleShown(Int)
    case byColumn(String)
    case tooManyValues(String, limit: Int)
    case noSuchColumn(String)
    case settingsFrom(String)
    case tooManyContacts(Int, limit: Int)
    case chosenContacts
}
