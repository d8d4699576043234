import CampaignCore

extension EnglishReport {
    func summary(_ line: SummaryLine) -> String {
        switch line {
        case .acceptedMeans: "Accepted: Z-API took the call; whether the phone rang is told by webhooks only."
        case .optedOut: "opted out"
        case .forOthers(let count): "for " + Figures.counted(count, "other", "others")
        case .withOtherErrors(let count): "… with " + Figures.counted(count, "other error", "other errors")
        case .example(let phone): "e.g. \(phone)"
        case .callsPerHour: "calls an hour"
        case .longest: "longest"
        case .next: "Next"
        case .mayHaveRung(let count): Figures.counted(count, "phone", "phones") + " may have rung"
        case .failed(let count): Figures.counted(count, "contact", "contacts") + " failed"
        case .notFinished(let count): Figures.counted(count, "contact is", "contacts are") + " not finished"
        case .paused(let count): Figures.counted(count, "contact waits", "contacts wait") + " for the end of the pause"
        case .repliesWait(let count): Figures.counted(count, "reply waits", "replies wait") + " for a decision"
        case .rowsRejected(let count): Figures.counted(count, "row was", "rows were") + " rejected at import"
        }
    }
}
