extension PortugueseReport {
    func text(_ text: PageText) -> String {
        switch text {
        case .report: "Relatório"
        }
    }

    func sentence(_ sentence: PageSentence) -> String {
        switch sentence {
        case .campaign(let name): "Campanha \(name)"
        }
    }
}
