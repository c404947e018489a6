print("yagura")
