/// A text of a report's page that is always the same.
package enum PageText: CaseIterable, Sendable {
    case report
}

/// A sentence of a report's page with figures in it.
package enum PageSentence: Hashable, Sendable {
    case campaign(String)
}
