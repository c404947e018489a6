int yagura_CStatic_placeholder(void);
