extension EnglishReport {
    func text(_ text: PageText) -> String {
        switch text {
        case .report: "Report"
        }
    }

    func sentence(_ sentence: PageSentence) -> String {
        switch sentence {
        case .campaign(let name): "Campaign \(name)"
        }
    }
}
