import CampaignCore

extension ReportWords {
    /// The heading of a column in a spreadsheet. Columns of rejected rows keep their names: the corrected sheet is
    /// imported again, which knows them by these.
    func spreadsheetHeading(_ column: ReportColumn) -> String {
        RejectColumns.names.contains(column.rawValue) ? column.rawValue : heading(column)
    }

    /// The values of a row with words instead of codes.
    ///
    /// - Parameter columns: what the values are; there may be more of them.
    func worded(_ cells: [ReportCell], of columns: [ReportColumn]) -> [ReportCell] {
        var cells = cells
        var state: CallState?
        for (index, column) in columns.enumerated() where index < cells.count {
            guard case .text(let code) = cells[index] else { continue }
            switch column {
            case .state:
                state = CallState(rawValue: code)
                if let state { cells[index] = .text(self.state(state)) }
            case .reason:
                if let state {
                    cells[index] = .text(reason(code, of: state))
                } else if let duplicate = DuplicateReason(rawValue: code) {
                    cells[index] = .text(self.duplicate(duplicate))
                }
            case .outcome: cells[index] = .text(AttemptOutcome(rawValue: code).map(outcome) ?? code)
            case .delivery: cells[index] = .text(Delivery(rawValue: code).map(delivery) ?? code)
            case .answer: cells[index] = .text(Answer(rawValue: code).map(answer) ?? code)
            case .rejectedReason: cells[index] = .text(rejected(code))
            case .rejectedSuggestion: cells[index] = .text(Phrase(recorded: code)[language])
            case .phone, .attempts, .zaapId, .messageId, .httpStatus, .error, .instance, .firstAttemptAt,
                .lastAttemptAt, .deliveryError, .answeredAt, .calledBackAt, .repliedAt, .attempt, .startedAt, .endedAt,
                .latencyMs, .rejectedFile, .rejectedLine, .raw, .rawBase64, .file, .line,
                .firstFile, .firstLine:
                continue
            }
        }
        return cells
    }
}
