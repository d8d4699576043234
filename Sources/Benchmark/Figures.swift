extension Double {
    /// The number with so many digits after the point, as `1.25`; the languages of the world are no matter here.
    func text(decimals: Int) -> String {
        let scale = (0..<decimals).reduce(1) { scale, _ in scale * 10 }
        let scaled = Int((magnitude * Double(scale)).rounded())
        let whole = "\(self < 0 && scaled > 0 ? "-" : "")\(scaled / scale)"
        guard decimals > 0 else { return whole }
        let digits = String(scaled % scale)
        return "\(whole).\(String(repeating: "0", count: decimals - digits.count))\(digits)"
    }
}

extension [Double] {
    /// The middle one by size, of an even number the upper of the two; zero when there is none.
    var median: Double { isEmpty ? 0 : sorted()[count / 2] }
}
