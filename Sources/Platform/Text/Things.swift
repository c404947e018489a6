extension Int {
  /// How many things without a counter of their own, in Japanese: 「9つ」, from ten on 「10」.
  package var things: String { (1...9).contains(self) ? "\(self)つ" : String(self) }
}
