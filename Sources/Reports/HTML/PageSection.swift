/// A part of a page.
protocol PageSection {
    var page: ReportPage { get }
}

extension PageSection {
    var words: any ReportWords { page.words }
}
