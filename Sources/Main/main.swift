import Program

await Program.main()
