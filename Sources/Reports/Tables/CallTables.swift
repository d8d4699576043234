import CampaignCore

/// One row for each contact: its own cells, its state, and the result of its last attempt.
struct CallTable: ReportTable {
    let kind = ReportRowsKind.calls
    let columns: [ReportColumn] = [
        .phone, .state, .reason, .attempts, .zaapId, .messageId, .httpStatus, .error, .instance, .firstAttemptAt,
        .lastAttemptAt, .delivery, .deliveryError, .answer, .answeredAt, .calledBackAt, .repliedAt,
    ]

    func ownCells(of row: ContactRow) -> [String] { row.own }

    func cells(of row: ContactRow) -> [ReportCell] {
        [
            .text(row.phone.text),
            .text(row.state.rawValue),
            ReportCell(row.reason),
            .number(row.attempts),
            ReportCell(row.last?.receipt?.zaapId),
            ReportCell(row.last?.receipt?.messageId),
            ReportCell(row.last?.httpStatus),
            ReportCell(row.last?.error),
            ReportCell(row.last?.instance),
            ReportCell(row.firstAttemptAt),
            ReportCell(row.last?.startedAt),
            ReportCell(row.delivery),
            ReportCell(row.deliveryError),
            ReportCell(row.answer?.rawValue),
            ReportCell(row.answeredAt),
            ReportCell(row.calledBackAt),
            ReportCell(row.repliedAt),
        ]
    }
}

/// One row for each attempt.
struct AttemptTable: ReportTable {
    let kind = ReportRowsKind.attempts
    let hasOwnCells = false
    let columns: [ReportColumn] = [
        .phone, .attempt, .instance, .startedAt, .endedAt, .outcome, .httpStatus, .error, .zaapId, .messageId,
        .latencyMs, .delivery, .answer,
    ]
    let textColumns = [
        TextColumn(.phone, width: 22),
        TextColumn(.attempt, width: 7, isRightAligned: true),
        TextColumn(.startedAt, width: 29),
        TextColumn(.outcome, width: 15),
        TextColumn(.httpStatus, width: 10, isRightAligned: true),
        TextColumn(.latencyMs, width: 9, isRightAligned: true),
        TextColumn(.instance, width: 12),
        TextColumn(.error, width: 60),
    ]

    func ownCells(of row: AttemptRow) -> [String] { [] }

    func cells(of row: AttemptRow) -> [ReportCell] {
        [
            .text(row.phone.text),
            .number(row.number),
            .text(row.instance),
            .time(row.startedAt),
            ReportCell(row.endedAt),
            ReportCell(row.outcome?.rawValue),
            ReportCell(row.httpStatus),
            ReportCell(row.error),
            ReportCell(row.receipt?.zaapId),
            ReportCell(row.receipt?.messageId),
            ReportCell(row.latencyMilliseconds),
            ReportCell(row.delivery?.rawValue),
            ReportCell(row.answer?.rawValue),
        ]
    }
}
